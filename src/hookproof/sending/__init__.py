"""The vendor at one's desk: any callback on demand, forged if asked, at a rate, for other tools."""
