"""What pages are made of: words, components, the parts of each page. Composition only; questions are asked of `geo`."""
