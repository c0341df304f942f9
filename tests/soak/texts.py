"""What is pasted and typed: good texts, odd ones and nonsense."""

TEXTS = {
    "two inputs": "x\ty\tclass\n1\t2\ta\n3\t4\tb\n5\t1\ta\n0\t2\tb\n",
    "one input": "a\tclass\n1\t0\n2\t1\n3\t0\n4\t1\n",
    "one class": "x\ty\tclass\n1\t2\ta\n3\t4\ta\n",
    "one sample": "1\t2\ta\n",
    "one number": "7\n",
    "no sample": "x\ty\tclass\n",
    "constant columns": "1\t2\t0\n1\t2\t1\n1\t2\t0\n",
    "one constant column": "1\t0\n1\t1\n1\t1\n",
    "five inputs": "\n".join("\t".join(str((i * j) % 7) for j in range(2, 7)) + f"\t{i % 3}" for i in range(30)),
    "a number to learn": "\n".join(f"{i / 9:.3f}\t{i % 5}\t{i * 1.37:.3f}" for i in range(40)),
    "far away": "1e90\t-1e90\t0\n1e80\t2\t1\n-1e85\t3\t0\n",
    "too far away": "1e300\t-1e308\t0\n1e200\t2\t1\n-1e305\t3\t0\n",
    "tiny": "1e-300\t1e-308\t0\n2e-300\t5e-324\t1\n",
    "blanks": " \t \t\n\t\t \n",
    "nothing": "",
    "a word": "hello",
    "markup": "<b>x</b>\t<img src=/etc/hostname>\tc&d\n1\t2\t<i>a</i>\n3\t4\tb&amp;\n",
    "ragged": "1\t2\t3\n4\t5\n",
    "decimal commas": "x;y;c\n1,5;2,5;a\n2,5;3,5;b\n",
}
"""Texts for the clipboard; each is a CSV file, too."""
FORMULAS = ("x*y", "sin(3*x)-y", "1/x", "x^99", "exp(exp(x))", "((((x", "x/0", "0", "y-x^2+", "sqrt(-1)", "x=y", "é")
NUMBERS = ("0", "1", "7", "0.1", "-1", "1e9", "1e400", "nan", "inf", "", " ", "1,5", "−3", "12 000", "x", "off", "²")
NONSENSE = ("qwerty", "<b>bold</b>", "ÄÖ漢字🙂", "\\n", "0" * 300, "'; --", "%s{name}", "‮abc", *FORMULAS, *NUMBERS)
"""What a person types into any field."""
