"""The commands, by what they are for. They parse and print; every decision is made elsewhere."""
