"""A small SMTP server for the tests. Standard library only.

smtp_server.py DIRECTORY [--tls CRT KEY] [--implicit] [--reply COMMAND=CODE]... [--user USER:PASSWORD]
               [--mechanism NAME]

Writes its port to DIRECTORY/port, each mail to DIRECTORY/mail-N (the envelope in its first line), each line that
comes in before TLS to DIRECTORY/clear.
"""
import argparse
import asyncio
import base64
import os
import ssl

parser = argparse.ArgumentParser()
parser.add_argument("directory")
parser.add_argument("--tls", nargs=2)
parser.add_argument("--implicit", action="store_true")
parser.add_argument("--reply", action="append", default=[])
parser.add_argument("--user")
parser.add_argument("--mechanism", default="PLAIN")
options = parser.parse_args()
replies = dict(reply.split("=") for reply in options.reply)
context = None
if options.tls:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*options.tls)


def path(name):
    return os.path.join(options.directory, name)


def put(name, data):
    with open(path(name + ".new"), "wb") as file:
        file.write(data)
    os.rename(path(name + ".new"), path(name))


class Session:
    count = 0

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.secure = options.implicit
        self.sender = b""
        self.recipients = []

    async def say(self, text):
        self.writer.write(text.encode() + b"\r\n")
        await self.writer.drain()

    async def line(self):
        line = await self.reader.readline()
        if not self.secure:
            with open(path("clear"), "ab") as file:
                file.write(line)
        return line

    async def run(self):
        await self.say("220 test ESMTP")
        while line := await self.line():
            if await self.answer(line.rstrip(b"\r\n")) == "end":
                return

    async def answer(self, line):
        command = line[:4].upper().decode("latin-1")
        if command in replies:
            return await self.say(replies[command] + " no, not for " + line.decode("latin-1"))
        if command == "EHLO":
            words = ["test", "8BITMIME"]
            if context and not self.secure:
                words.append("STARTTLS")
            if options.user:
                words.append("AUTH " + options.mechanism)
            for word in words[:-1]:
                await self.say("250-" + word)
            return await self.say("250 " + words[-1])
        if command == "STAR":
            await self.say("220 go")
            await self.writer.start_tls(context)
            self.secure = True
            return None
        if command == "AUTH":
            return await self.authenticate(line)
        if command == "MAIL":
            self.sender = line
        elif command == "RCPT":
            self.recipients.append(line)
        elif command == "DATA":
            return await self.receive()
        elif command == "QUIT":
            await self.say("221 bye")
            return "end"
        return await self.say("250 ok")

    async def authenticate(self, line):
        words = line.split()
        if len(words) < 3:
            await self.say("334 ")
            words.append((await self.line()).strip())
        good = base64.b64decode(words[2]).split(b"\0")[1:] == options.user.encode().split(b":")
        await self.say("235 welcome" if good else "535 wrong")

    async def receive(self):
        await self.say("354 go on")
        data = b""
        while (line := await self.line()) != b".\r\n":
            if not line:
                return "end"
            data += line[1:] if line.startswith(b".") else line
        if "END" in replies:
            return await self.say(replies["END"] + " no")
        Session.count += 1
        put("mail-%d" % Session.count, self.sender + b"|" + b",".join(self.recipients) + b"\n" + data)
        return await self.say("250 taken")


async def serve(reader, writer):
    try:
        await Session(reader, writer).run()
    except (OSError, ssl.SSLError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context if options.implicit else None)
    put("port", str(server.sockets[0].getsockname()[1]).encode())
    await server.serve_forever()


asyncio.run(main())
