"""Keys, the store folder, the single instance, the anchor. No database, no documents; heavy imports come late."""
