"""One build from start to end: the only room that knows every step."""
