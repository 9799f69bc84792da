#!/usr/bin/env python3
"""Prints passwords that are guessed first, one a line, for passwordRules.blocklist (NIST SP 800-63B-4, 3.1.1.2).

    python3 etc/blocklist.py > /usr/share/latchkey/blocklist.txt

Made by rule, not collected: the words that people think of, and what they do to them when a form asks for more.
Latchkey compares whole passwords, without case. Add lists of your own beside it: blocklist takes several files.
"""
SHORTEST = 8

WORDS = """
password passwort passwd passcode passphrase motdepasse kennwort secret geheim letmein welcome willkommen bienvenue
login signin access account admin administrator root superuser user username guest test testing changeme default
temporary temp initial company office work internet computer laptop server system network windows linux google facebook
iloveyou ichliebedich jetaime love lovely sweetheart darling schatz cherie princess prinzessin princesse prince king queen
angel engel dragon drache monster tiger lion eagle wolf bear panda monkey donkey horse pony rabbit butterfly flower
rose lily sunflower sunshine sonnenschein soleil rainbow moonlight star stars summer sommer winter autumn herbst spring
fruehling hiver printemps january february march april june july august september october november december monday
tuesday wednesday thursday friday saturday sunday montag freitag samstag sonntag football fussball soccer baseball
basketball hockey tennis golf hunter ranger master mustang ferrari porsche mercedes yamaha harley chelsea arsenal
liverpool barcelona bayern juventus madrid london paris berlin vienna wien munich america england germany deutschland
france canada michael michelle jennifer jessica ashley daniel andrew anthony thomas robert william charlie jordan
matthew joshua samantha amanda nicole sabrina stefanie alexander maximilian sebastian christian martin peter andreas
superman batman spiderman starwars startrek pokemon pikachu minecraft fortnite matrix gandalf merlin phoenix shadow
killer ninja samurai warrior soldier captain pirate cowboy freedom liberty justice peace happy lucky money cash gold
silver diamond crystal chocolate schokolade cookie cheese pizza coffee kaffee orange banana apple cherry pepper ginger
whatever nothing trustno1 opensesame abracadabra hello hallo bonjour goodbye university universitaet universite student
school college teacher professor library science hospital doctor medicine hotel travel holiday vacation christmas
""".split()

SUFFIXES = ["1", "12", "123", "1234", "12345", "123456", "01", "007", "99", "00", "11", "22", "69", "77", "88", "!", "!!",
            "!!!", "?", ".", "1!", "12!", "123!", "1234!", "@1", "@123", "#1", "$", "*", "_1", "-1"]
YEARS = [str(year) for year in range(1970, 2036)]
ROWS = ["qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1234567890", "0987654321",
        "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6z7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "q1w2e3r4t5y6u7i8o9p0",
        "qazwsxedcrfvtgbyhnujm", "zaq12wsxcde34rfv"]
LEET = [str.maketrans("aeios", "@310$"), str.maketrans("aeiost", "431057"), str.maketrans("ao", "@0"),
        str.maketrans("eo", "30")]


def word_forms(word):
    for form in [word] + [word.translate(table) for table in LEET]:
        yield form
        yield form + form
        for suffix in SUFFIXES:
            yield form + suffix
    for year in YEARS:
        yield word + year
        yield word + year + "!"
        yield year + word
    for other in ("1", "123", "the", "my", "mein", "mon"):
        yield other + word


def walks():
    for row in ROWS:
        for whole in (row, row[::-1]):
            for start in range(len(whole)):
                for end in range(start + SHORTEST, len(whole) + 1):
                    yield whole[start:end]
            yield whole + whole
            for suffix in SUFFIXES + YEARS:
                yield whole + suffix
    for sign in "abcdefghijklmnopqrstuvwxyz0123456789!.*-":
        for length in range(SHORTEST, 31):
            yield sign * length
    for unit in ("12", "123", "1234", "abc", "abcd", "ab", "qwe", "asd", "qwer", "asdf", "123abc", "abc123", "a1", "1a",
                 "1q2w", "qwerty", "qwertz", "azerty", "pass", "test", "admin"):
        for times in range(2, 11):
            yield unit * times


def pairs():
    often = ["password", "passwort", "welcome", "admin", "iloveyou", "qwerty", "letmein", "secret", "summer", "winter",
             "hello", "dragon", "monkey", "football", "login", "changeme", "test", "love", "happy", "money"]
    for first in often:
        for second in often:
            for between in ("", " ", "-", "_", ".", "123", "1"):
                yield first + between + second
                yield first + between + second + "1"
                yield first + between + second + "!"


def passwords():
    for word in WORDS:
        yield from word_forms(word)
    yield from walks()
    yield from pairs()
    yield from ["correct horse battery staple", "correcthorsebatterystaple", "the quick brown fox",
                "to be or not to be", "thisisapassword", "this is a password", "thisismypassword",
                "mypasswordismypassword",
                "ilovemymother", "ilovemyfamily", "maythefourcebewithyou", "maytheforcebewithyou", "winteriscoming"]


if __name__ == "__main__":
    print("\n".join(sorted({password for password in passwords() if len(password) >= SHORTEST})))
