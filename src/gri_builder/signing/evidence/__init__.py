"""Evidence packs: one ZIP file with a report's PDF, its sources, its facts and their hashes, for an assurer."""
