"""The preview's server: watches the folder, keeps the session in a process of its own, answers the browser."""
