"""Every word that a reader sees: languages, their detection, and the message catalogues."""
