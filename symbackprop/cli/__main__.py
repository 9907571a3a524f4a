"""python -m symbackprop.cli"""

from symbackprop.cli import main

main()
