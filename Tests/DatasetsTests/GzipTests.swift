import Datasets
import Testing

@Suite struct GzipTests {
  let text = Array("tape deck, tape deck, tape deck".utf8)

  @Test func inflateGivesBackWhatWasCompressed() throws {
    #expect(try Gzip.inflate(gzipped(text), limit: 1000, source: "t.gz") == text)
  }

  @Test func inflateGivesBackContentLargerThanOneChunk() throws {
    let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    #expect(try Gzip.inflate(gzipped(large), limit: large.count, source: "t.gz") == large)
  }

  @Test func membersOneAfterTheOtherAreJoined() throws {
    let twice = try gzipped(text) + gzipped(text)
    #expect(try Gzip.inflate(twice, limit: 1000, source: "t.gz") == text + text)
  }

  @Test func zerosAfterTheLastMemberAreIgnored() throws {
    let padded = try gzipped(text) + [0, 0, 0]
    #expect(try Gzip.inflate(padded, limit: 1000, source: "t.gz") == text)
  }

  @Test func anythingElseAfterTheLastMemberIsAnError() throws {
    let compressed = try gzipped(text)
    let error = datasetError { try Gzip.inflate(compressed + [1, 2, 3], limit: 1000, source: "t.gz") }
    #expect(error?.defect?.location == .byte(compressed.count))
    #expect(error?.defect?.got == "3 bytes more")
  }

  @Test func outputOfExactlyTheLimitIsAccepted() throws {
    #expect(try Gzip.inflate(gzipped(text), limit: text.count, source: "t.gz") == text)
  }

  @Test func oneByteOverTheLimitIsTooLarge() throws {
    let compressed = try gzipped(text)
    #expect(throws: DatasetError.tooLarge(source: "t.gz (decompressed)", bytes: 31, limit: 30)) {
      try Gzip.inflate(compressed, limit: text.count - 1, source: "t.gz")
    }
  }

  @Test func aBombStopsAtTheLimit() throws {
    let bomb = try gzipped([UInt8](repeating: 0, count: 50_000_000))
    #expect(bomb.count < 60_000)
    #expect(throws: DatasetError.tooLarge(source: "t.gz (decompressed)", bytes: 1001, limit: 1000)) {
      try Gzip.inflate(bomb, limit: 1000, source: "t.gz")
    }
  }

  @Test func everyTruncationIsMalformed() throws {
    let compressed = try gzipped(text)
    for length in 0..<compressed.count {
      let error = datasetError {
        try Gzip.inflate(Array(compressed.prefix(length)), limit: 1000, source: "t.gz")
      }
      #expect(error?.defect?.format == .gzip, "cut to \(length) bytes")
    }
  }

  @Test func aChangedChecksumIsMalformed() throws {
    var compressed = try gzipped(text)
    compressed[compressed.count - 5] ^= 1
    let error = datasetError { try Gzip.inflate(compressed, limit: 1000, source: "t.gz") }
    #expect(
      error?.description
        == "t.gz is not a valid gzip file: at byte \(compressed.count - 4) expected valid compressed data, "
        + "got incorrect data check. The file is damaged or cut short; fetch it again.")
  }

  @Test func bytesThatAreNotGzipSayWhatTheyBeginWith() {
    let error = datasetError { try Gzip.inflate([0x50, 0x4B, 3, 4], limit: 1000, source: "t.zip") }
    #expect(
      error?.description
        == "t.zip is not a valid gzip file: at byte 0 expected the first bytes of a gzip file, got a zip "
        + "archive. The file is damaged or cut short; fetch it again.")
  }

  @Test func prefixGivesTheBeginning() throws {
    #expect(try Gzip.prefix(of: gzipped(text), count: 4, source: "t.gz") == Array("tape".utf8))
  }

  @Test func prefixOfShortContentGivesAllOfIt() throws {
    #expect(try Gzip.prefix(of: gzipped([7]), count: 4, source: "t.gz") == [7])
  }

  @Test func emptyContentInflatesToNothing() throws {
    #expect(try Gzip.inflate(gzipped([]), limit: 0, source: "t.gz") == [])
  }
}
