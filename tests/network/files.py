"""Network files that several tests share, and faults that are put into them."""

GIVEN = """\
title = "One unit"
source = "by hand"
[inputs]
i_1 = 0.05
[targets]
t_1 = 0.10
[parameters]
w_1 = 0.15
b_1 = 1
[equations]
net = "w_1*i_1 + b_1"
out = "sigmoid(net)"
E = "(t_1 - out)**2/2"
[training]
cost = "E"
learning_rate = 0.50
frozen = ["b_1"]
order = "output-first"
steps = 10
[document]
decimals = 4
[claims]
net = 1.0075
"dE/dw_1" = "-0.0000"
"w_1+" = 0.15e0
[after.10]
E = 0.30
"""

LAYERS = """\
[network]
notation = "mazur"
inputs = 1
layers = [
  { units = 1, activation = "tanh", bias = "none" },
  { units = 1 },
]
loss = "huber"
[inputs]
i_1 = 0.5
[targets]
target_o1 = 1
[parameters]
w_1 = 0.1
w_2 = 0.2
b_1 = 0.3
[training]
learning_rate = 0.1
"""

# (what is replaced in GIVEN, by what, line, column, message, hint)
FAULTS: tuple[tuple[str, str, int, int, str, str], ...] = (
    # A section, a key, or a kind that is not known
    ("[training]", "[trainig]", 14, 2, "unknown section 'trainig'", "did you mean 'training'?"),
    ('title = "One unit"', 'titel = "One unit"', 1, 1, "unknown section 'titel'", "did you mean 'title'?"),
    ("steps = 10", "step = 10", 19, 1, "unknown key 'step'", "did you mean 'steps'?"),
    ("steps = 10", "zzz.x = 1", 19, 1, "unknown key 'zzz'", "accepted: cost, frozen"),
    ("decimals = 4", "decimal = 4", 21, 1, "unknown key 'decimal'", "did you mean 'decimals'?"),
    ("[inputs]", "[[inputs]]", 3, 3, "'inputs' is a list", "a section is expected"),
    ('title = "One unit"', "title = 0.5", 1, 9, "'title' is a decimal number", "text, in quotes"),
    ('source = "by hand"', r'source = "\u001b[31m"', 2, 1, "source holds a control character", "one line of text"),
    ('source = "by hand"', 'source = """a\nb"""', 2, 1, "source holds a control character", "one line of text"),
    ("i_1 = 0.05", 'i_1 = "0.05"', 4, 8, "'i_1' is text", "a number, without quotes"),
    ("i_1 = 0.05", 'i_1 = ""', 4, 8, "'i_1' is blank", "a number, without quotes"),
    ("i_1 = 0.05", "i_1 = true", 4, 7, "'i_1' is true or false", "a number"),
    ("i_1 = 0.05", "i_1 = [0.05, 1]", 4, 7, "'i_1' is a list", "a number"),
    ("i_1 = 0.05", "i_1.x = 0.05", 4, 1, "'i_1' is a section", "a number"),
    ("i_1 = 0.05", "i_1 = 1979-05-27", 4, 7, "'i_1' is a date or a time", "a number"),
    ('out = "sigmoid(net)"', "out = 5", 12, 7, "'out' is a whole number", "text, in quotes"),
    ("steps = 10", "steps = 1e1", 19, 9, "'steps' is a decimal number", "a whole number"),
    ("steps = 10", "steps = true", 19, 9, "'steps' is true or false", "a whole number"),
    ("decimals = 4", 'decimals = "4"', 21, 13, "'decimals' is text", "a whole number"),
    ('["b_1"]', '"b_1"', 17, 11, "'frozen' is text", "a list, in [ ]"),
    ('["b_1"]', '["b_1", 1]', 17, 18, "number 2 of frozen is a whole number", "text"),
    ('"output-first"', "1", 18, 9, "'order' is a whole number", "text"),
    # TOML
    ("i_1 = 0.05", "i_1 = .05", 4, 7, "Invalid value", "0.5"),
    ("i_1 = 0.05", "i_1 = 0.05\nx = 1\ni_1 = 2", 6, 1, "'inputs.i_1' stands there twice", "first on line 4"),
    ("[targets]", "[inputs]", 5, 2, "'inputs' stands there twice", "first on line 3"),
    ('"w_1+"', "w_1+", 25, 4, "Expected '=' after a key", 'in quotes: "w_5+"'),
    ('out = "sigmoid(net)"', "out = sigmoid(net)", 12, 7, "Invalid value", "text in quotes"),
    # Numbers
    ("i_1 = 0.05", "i_1 = nan", 4, 7, "i_1: 'nan' is not a number", "a finite decimal"),
    ("i_1 = 0.05", "i_1 = -inf", 4, 7, "i_1: '-inf' is not a number", "a finite decimal"),
    ("t_1 = 0.10", "t_1 = 1e999999999", 6, 7, "t_1: the number 1e999999999 is out of range", "-400 to 400"),
    ("w_1 = 0.15", "w_1 = 1e401", 8, 7, "w_1: the number 1e401 is out of range", "-400 to 400"),
    ("w_1 = 0.15", "w_1 = " + "9" * 65, 8, 7, "w_1: a number of 65 digits", "at most 64"),
    ("w_1 = 0.15", "w_1 = 0x" + "f" * 250, 8, 7, "w_1: a number of 302 characters", "at most 64"),
    ("w_1 = 0.15", "w_1 = " + "9" * 99_000, 8, 7, "more than 256 characters in a word", ""),
    ("0.50", "inf", 16, 17, "learning_rate: 'inf' is not a number", "a finite decimal"),
    ("steps = 10", "steps = -1", 19, 9, "steps is out of range", "from 0 to 10000000"),
    ("steps = 10", "steps = 10_000_001", 19, 9, "steps is out of range", "from 0 to 10000000"),
    ("decimals = 4", "decimals = 51", 21, 12, "decimals is out of range", "from 0 to 50"),
    ('"-0.0000"', '"-0,0000"', 24, 14, "dE/dw_1: '-0,0000' is not a number", "a finite decimal"),
    ("E = 0.30", "E = nan", 27, 5, "E: 'nan' is not a number", "a finite decimal"),
    # Names
    ("w_1 = 0.15", r'"\\input{x}" = 0.15', 8, 1, r"'\\input{x}' cannot be the name", "begins with a letter"),
    ("w_1 = 0.15", '"\u0430" = 0.15', 8, 1, "'\u0430' cannot be the name", "CYRILLIC SMALL LETTER A"),
    ("w_1 = 0.15", '"" = 0.15', 8, 1, "'' cannot be the name", "begins with a letter"),
    ("w_1 = 0.15", '"__import__" = 0.15', 8, 1, "'__import__' cannot be the name", "begins with a letter"),
    ("w_1 = 0.15", "1 = 0.15", 8, 1, "'1' cannot be the name", "begins with a letter"),
    ("w_1 = 0.15", f"{'w' * 65} = 0.15", 8, 1, "cannot be the name", "at most 64 characters"),
    ("w_1 = 0.15", "exp = 0.15", 8, 1, "'exp' is the name of a function", "exp_1"),
    ("w_1 = 0.15", "i_1 = 0.15", 8, 1, "'i_1' is defined twice", "first in inputs"),
    ('out = "', 'w_1 = "', 12, 1, "'w_1' is defined twice", "first in parameters"),
    ('cost = "E"', 'cost = "E_totl"', 15, 9, "the cost 'E_totl' is no equation", "accepted: E, net, out"),
    ('cost = "E"', "", 14, 2, "[training] has no cost", 'cost = "E_total"'),
    ('["b_1"]', '["b_1", "b_9"]', 17, 19, "'b_9' is no parameter", "did you mean 'b_1'"),
    ('["b_1"]', '["i_1"]', 17, 12, "'i_1' is no parameter", "did you mean 'w_1' or 'b_1'?"),
    ('"output-first"', '"outputfirst"', 18, 10, "unknown order 'outputfirst'", "did you mean 'output-first'?"),
    ("net = 1.0075", "nett = 1.0075", 23, 1, "there is no quantity 'nett'", "did you mean 'net'?"),
    ('"dE/dw_1"', '"dE/dw_2"', 24, 1, "there is no quantity 'w_2'", "did you mean 'w_1'?"),
    ('"dE/dw_1"', '"dEE/dw_1"', 24, 1, "'EE' is no equation", "did you mean 'E'?"),
    ('"w_1+"', '"b_1+"', 25, 1, "there is no quantity 'b_1+'", "did you mean"),
    ("E = 0.30", "F = 0.30", 27, 1, "there is no quantity 'F'", "accepted: E, b_1"),
    ("[after.10]", "[after.x]", 26, 8, "'x' is no number of updates", "[after.1]"),
    ("[after.10]", "[after.0]", 26, 8, "'0' is no number of updates", "from 1 to"),
    ("[after.10]", "[after.01]", 26, 8, "'01' is no number of updates", "from 1 to"),
    ("[after.10]", "[after.-1]", 26, 8, "'-1' is no number of updates", "from 1 to"),
    ("[after.10]", "[after.99999999]", 26, 8, "99999999 is out of range", "from 0 to 10000000"),
    ("[after.10]", '[after."٣"]', 26, 8, "is no number of updates", "from 1 to"),
    ("learning_rate = 0.50", "", 25, 1, "there is no quantity 'w_1+'", ""),
    # Equations
    ("w_1*i_1 + b_1", "w_1*i_1 + b1", 11, 18, "unknown name 'b1'", "did you mean 'b_1'?"),
    ("w_1*i_1 + b_1", "w_2*i_2 + b_2", 11, 8, "unknown names 'w_2', 'i_2', 'b_2'", "[parameters]"),
    ("w_1*i_1 + b_1", "w_1*i_1 + ", 11, 18, "a name, a number or a bracket is expected", ""),
    ('"w_1*i_1 + b_1"', '"""\nw_1*\n  i_3"""', 13, 3, "unknown name 'i_3'", "did you mean 'i_1'?"),
    ('"w_1*i_1 + b_1"', r'"w_1 \u002b i_3"', 11, 19, "unknown name 'i_3'", "did you mean 'i_1'?"),
    ("sigmoid(net)", "sigmod(net)", 12, 8, "unknown function 'sigmod'", "did you mean 'sigmoid' or 'sign'?"),
    ("sigmoid(net)", "sigmoid(net, net)", 12, 8, "sigmoid takes 1 argument(s), not 2", ""),
    ("sigmoid(net)", "E", 12, 1, "the equation of out goes round in a circle: out -> E -> out", ""),
    ("sigmoid(net)", "net = 5", 12, 12, "unexpected '='", "right-hand side"),
    ("sigmoid(net)", "__import__('os').system('true')", 12, 8, "unexpected '_'", "accepted"),
    ("sigmoid(net)", "exec(net)", 12, 8, "unknown function 'exec'", ""),
    ("sigmoid(net)", "(lambda: net)()", 12, 15, "unexpected ':'", ""),
    ("sigmoid(net)", "net.__class__", 12, 11, "unexpected '.'", ""),
    ("sigmoid(net)", "9**9**9**9", 12, 12, "an exponent made of numbers by operations", ""),
    ("sigmoid(net)", "net + 1e999999999", 12, 14, "out of range", "-400 to 400"),
    ("sigmoid(net)", "net**1000", 12, 11, "the exponent is too large", "400"),
    ("sigmoid(net)", "-" * 5000 + "net", 12, 74, "more than 64 brackets, powers or signs", "equation of its own"),
    ("sigmoid(net)", "(" * 200 + "net" + ")" * 200, 12, 73, "more than 64 brackets", "equation of its own"),
    ("sigmoid(net)", "n\u0435t", 12, 9, "unexpected '\u0435'", "CYRILLIC SMALL LETTER IE"),
    ("sigmoid(net)", "factorial(10**9)", 12, 8, "unknown function 'factorial'", ""),
    ("sigmoid(net)", "\\\\frac{1}{2}", 12, 8, r"unexpected '\\'", "not in LaTeX"),
    ("sigmoid(net)", "net" + " " * 99_998, 12, 100_001, "a line of 100009 characters", "at most 100000"),
)  # fmt: skip
