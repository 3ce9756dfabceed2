"""Training of the small models in flows/derive/entities/models; run by `make train-entities`, never by a build."""
