-- Many small files of paragraphs become few large ones.
copy (
    select *
    from read_parquet(getvariable('paragraph_files'))
) to '{{ folder }}' (format parquet, compression zstd, file_size_bytes '32MB', row_group_size 100000);
