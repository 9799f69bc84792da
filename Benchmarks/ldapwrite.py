"""Just enough of LDAP (RFC 4511) to change one attribute on a connection that stays open: no process is started and no
library is needed for a change."""
import socket


def element(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(length)]) + length + content


def text(value, tag=0x04):
    return element(tag, value.encode())


class Administrator:
    """A bound connection."""

    REPLACE = b"\x0a\x01\x02"

    def __init__(self, port, dn, password):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number = 0
        self.call(element(0x60, b"\x02\x01\x03", text(dn), text(password, 0x80)))

    def replace(self, dn, attribute, value):
        change = element(0x30, self.REPLACE, element(0x30, text(attribute), element(0x31, text(value))))
        self.call(element(0x66, text(dn), element(0x30, change)))

    def call(self, operation):
        self.number = self.number % 100_000 + 1
        self.socket.sendall(element(0x30, element(0x02, self.number.to_bytes(3, "big")), operation))
        answer = self.message()
        # messageID, then the operation's tag and length, then `0a 01 CODE` (answers here are short).
        body = answer[2 + answer[1]:]
        code = body[body.index(b"\x0a\x01") + 2]
        if code != 0:
            raise RuntimeError(f"the directory refused with result {code}")

    def message(self):
        head = self.exactly(2)
        size = head[1]
        if size & 128:
            size = int.from_bytes(self.exactly(size & 127), "big")
        return self.exactly(size)

    def exactly(self, size):
        data = b""
        while len(data) < size:
            part = self.socket.recv(size - len(data))
            if not part:
                raise ConnectionError("the directory closed the connection")
            data += part
        return data

    def close(self):
        self.socket.close()
