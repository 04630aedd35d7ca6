"""A faithful receiver at one's desk: takes callbacks, keeps each one, shows and replays them.

How one request is received is in `receiver`, a library; forwarding and the page are here.
"""
