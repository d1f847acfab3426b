"""What we know and where from: catalogue, tables, texts. Only `data.store` opens tables."""
