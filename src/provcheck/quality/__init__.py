"""What a text is like as a whole: its language, how hard it reads, what filters of web corpora would say."""
