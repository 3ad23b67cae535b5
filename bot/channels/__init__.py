"""The ways in: what plugs into Rasa's server as input channels."""
