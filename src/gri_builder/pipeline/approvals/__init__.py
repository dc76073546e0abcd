"""What an approval covers, and whether it still holds."""
