def read_markdown(source): return ()
