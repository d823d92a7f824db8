"""How fast Linsheng is, beside an empty PTB loop and a naive bot; a program that prints."""
