"""Should this piece of work have OKRs, and if not, what should it have instead?"""
