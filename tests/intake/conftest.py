import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

# How long a busy machine takes says nothing about a law.
settings.register_profile("without a clock")
settings.load_profile("without a clock")
