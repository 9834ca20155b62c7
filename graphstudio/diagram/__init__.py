"""The document: frozen values, edits, checks and the project file. No Qt and no Keras."""
