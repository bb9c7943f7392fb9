"""Understanding of messages: Rasa's training data, domain and graph components."""
