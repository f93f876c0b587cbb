"""The demonstration: an invented month at four recycling parks."""
