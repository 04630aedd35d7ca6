"""What a finding leaves behind: its request as data, and lines for a shell that send it again."""
