"""Components of Rasa's graph and the pure functions that they are made of."""
