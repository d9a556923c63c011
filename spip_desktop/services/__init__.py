"""What an officer can do: each method is one act, one transaction, with its right checked and its journal line."""
