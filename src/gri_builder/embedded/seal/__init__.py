"""The seal: digests of all that a PDF draws and does, made by one code when it is built and when it is audited."""
