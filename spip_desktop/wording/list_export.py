"""Sentences of a list that leaves as a spreadsheet."""

WARNING = "Le fichier quitte le magasin en clair : gardez-le là où le service l’autorise, détruisez-le ensuite."
#: The head of the column that has what the screen writes small, under the words of another.
DETAIL = "{label} (précision)"
