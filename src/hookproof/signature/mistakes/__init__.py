"""The usual mistakes in signing, each as a small function that guesses digests."""
