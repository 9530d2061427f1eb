"""What comes back of mail: judged by its signature and its codes, recorded, told."""
