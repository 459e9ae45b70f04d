def result(t): return ""
