"""A faithful receiver at one's desk: takes callbacks, keeps each one, shows and replays them."""
