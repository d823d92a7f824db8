"""Chats of our own: files to learn from; README.md says what they are."""
