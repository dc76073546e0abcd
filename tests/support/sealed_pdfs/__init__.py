"""A small sealed PDF, changes to it of many kinds, and copies of it that are as sound as it."""
