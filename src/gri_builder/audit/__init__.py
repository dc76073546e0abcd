"""PDF to judgement: read a finished PDF, ours or anyone's, and judge what it claims."""
