"""What machines and disks do to a store: power cuts, kills, full disks, flipped bits, files cut or put back."""
