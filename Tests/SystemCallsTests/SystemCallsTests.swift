import SystemCalls
import Testing

struct SystemCallsTests {
  @Test func whatIsSentThroughAPairOfSocketsIsReadAtTheOtherEnd() throws {
    let ends = try #require(openSocketPair())
    defer { closeDescriptor(ends.1) }
    let sent: [UInt8] = [1, 2, 3]
    #expect(sendBytes(ends.0, sent, sent.count) == 3)
    #expect(closeDescriptor(ends.0) == 0)
    var got = [UInt8](repeating: 0, count: 8)
    #expect(readDescriptor(ends.1, &got, got.count) == 3)
    #expect(got.prefix(3) == [1, 2, 3])
    #expect(readDescriptor(ends.1, &got, got.count) == 0, "The other end is closed.")
  }

  @Test func sendingToAClosedSocketFailsWithoutASignal() throws {
    let ends = try #require(openSocketPair())
    closeDescriptor(ends.1)
    #expect(sendBytes(ends.0, [UInt8](repeating: 0, count: 1), 1) == -1)
    closeDescriptor(ends.0)
  }

  @Test func aFileThatIsNotThereCannotBeOpened() {
    #expect(openFile("/no such folder/file", O_RDONLY) == -1)
  }
}
