"""What plugs into Rasa's NLU pipeline: names, language and questions."""
