"""What `doorstep bench` runs. Every figure stands beside a floor measured in the same run."""
