"""The rules that are checked on a PDF, one generator each."""
