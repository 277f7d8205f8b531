"""Tables in the hands of people: rows as they typed them, files that they send and take, all within what they may see."""
