"""Every chart and table once: its finding, exact rows, marks, the way down and its notes; drawn by others."""
