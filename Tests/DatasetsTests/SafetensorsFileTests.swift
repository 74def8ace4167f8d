import Arrays
import Datasets
import Testing

@Suite struct SafetensorsFileTests {
  func read(_ base64: String) throws -> SafetensorsFile {
    try SafetensorsFile(bytes: fixture(base64), source: "m.safetensors")
  }

  /// A file of a header and data given by hand.
  func file(_ header: String, data: Int = 0) -> [UInt8] {
    [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8), 0, 0, 0, 0, 0, 0]
      + Array(header.utf8) + [UInt8](repeating: 0, count: data)
  }

  func defect(_ bytes: [UInt8]) -> FileDefect? {
    datasetError { try SafetensorsFile(bytes: bytes, source: "m.safetensors") }?.defect
  }

  @Test func everyTypeReadsAsPyTorchSavedIt() throws {
    let file = try read(SafetensorsFixtures.everyType)
    #expect(file["0.weight"]?.shape == [2, 3])
    #expect(file["0.weight"]?.values() == [Float]([0, 0.25, 0.5, 0.75, 1, 1.25]))
    #expect(file["0.bias"]?.values() == [Float]([-1, 2]))
    #expect(file["step"]?.shape == [])
    #expect(file["step"]?.values() == [Int64(7)])
    #expect(file["mask"]?.values() == [true, false, true])
    #expect(file["pixels"]?.values() == [UInt8]([0, 128, 255]))
    #expect(file["double"]?.values() == [1.0 / 3])
    #expect(file["short"]?.values() == [Int32]([-2, 3]))
    #expect(file["none"]?.shape == [0, 3])
    // torch.tensor([0.1, -3], dtype=...).double().tolist()
    #expect(file["half"]?.doubles() == [0.0999755859375, -3])
    #expect(file["brain"]?.doubles() == [0.10009765625, -3])
    #expect(file["other"] == nil)
  }

  @Test func metadataIsKept() throws {
    #expect(try read(SafetensorsFixtures.everyType).metadata == ["format": "pt"])
    #expect(try read(SafetensorsFixtures.stateDict).metadata == [:])
  }

  @Test func entriesStandInTheOrderOfTheirBytes() throws {
    let names = try read(SafetensorsFixtures.stateDict).entries.map(\.name)
    #expect(names == ["0.bias", "0.weight", "2.bias", "2.weight"])
  }

  @Test func escapedNamesAreRead() throws {
    #expect(try read(SafetensorsFixtures.oddName).entries.map(\.name) == ["ñ\"\\\n\u{1}é"])
  }

  @Test(arguments: [
    SafetensorsFixtures.everyType, SafetensorsFixtures.stateDict, SafetensorsFixtures.oddName,
  ])
  func whatIsWrittenIsWhatSafetensorsWritesByteForByte(base64: String) throws {
    var file = try read(base64)
    file.entries.reverse()
    #expect(try file.write() == fixture(base64))
  }

  @Test(arguments: ElementType.allCases)
  func everyTypeIsReadBackAsItWasWritten(type: ElementType) throws {
    let array = try RawArray(
      elementType: type, shape: [3, 2], bytes: (0..<6 * type.byteCount).map { UInt8($0 % 2) })
    let file = SafetensorsFile(
      entries: [.init(name: "a", array: array)], metadata: ["z": "\u{8}\u{C}\r\t\u{1F}/", "b": "\u{1F600}"])
    #expect(try SafetensorsFile(bytes: file.write(), source: "m") == file)
  }

  @Test func aFileWithoutTensorsIsValid() throws {
    let empty = SafetensorsFile(entries: [])
    #expect(try SafetensorsFile(bytes: empty.write(), source: "m") == empty)
  }

  @Test func twoTensorsOfOneNameCannotBeWritten() throws {
    let array = try RawArray([Float(1)], shape: [])
    let file = SafetensorsFile(entries: [.init(name: "a", array: array), .init(name: "a", array: array)])
    #expect(
      datasetError { try file.write() }?.description
        == "entries expects a name of its own for each tensor, but got a twice.")
  }

  @Test func everyTruncationIsMalformed() throws {
    let bytes = try fixture(SafetensorsFixtures.everyType)
    for length in 0..<bytes.count {
      #expect(defect(Array(bytes.prefix(length)))?.format == .safetensors, "cut to \(length) bytes")
    }
  }

  @Test(arguments: [(UInt8(0xFF), "18446744073709551615"), (0x7F, "9187201950435737471"), (0, "0")])
  func aHeaderLengthTheFileDoesNotHaveIsRefused(byte: UInt8, got: String) {
    let found = defect([UInt8](repeating: byte, count: 8) + Array("{}".utf8))
    #expect(found?.expected == "a header length from 2 to 2")
    #expect(found?.got == got)
  }

  @Test(arguments: [
    (" {}", "'{'"), ("[]", "'{'"), ("{}x", "the end of the header"), ("{\"a\"", "':'"),
    ("{\"a\":1}", "'{'"), ("{\"a\":{}}", "dtype, shape and two data_offsets in tensor a"),
    ("{\"a\":{\"dtype\":1}}", "'\"'"),
    ("{\"a\":{\"size\":1}}", "dtype, shape and two data_offsets in tensor a"),
    ("{\"a\":{\"size\":what}}", "a value"), ("{\"a\":{\"size\":[1,}}", "a value"),
    ("{\"a\":{\"shape\":[],\"shape\":[]}}", "dtype, shape and data_offsets once each in tensor a"),
    ("{\"a\":{\"shape\":[1.5]}}", "']'"),
    ("{\"a\":{\"shape\":[-1]}}", "a whole number from 0 to 9223372036854775807"),
    ("{\"a\":{\"shape\":[01]}}", "a whole number from 0 to 9223372036854775807"),
    ("{\"a\":{\"shape\":[9223372036854775808]}}", "a whole number from 0 to 9223372036854775807"),
    ("{\"__metadata__\":{\"k\":1}}", "'\"'"),
    ("{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", "each metadata key once"),
    ("{\"a", "'\"' at the end of a string"), ("{\"\\x\":", "an escape such as \\n or \\u00e9"),
    ("{\"\\ud800\":", "a surrogate pair"), ("{\"\\ud800\\u0041\":", "the second half of a surrogate pair"),
    ("{\"\u{1}\":", "no control character in a string"),
  ])
  func aHeaderThatIsNotTheJSONItShouldBeIsRefused(header: String, expected: String) {
    #expect(defect(file(header))?.expected == expected)
  }

  @Test func aNameThatIsNotUTF8IsRefused() {
    let header = Array("{\"".utf8) + [0xFF, 0xFE] + Array("\":{}}".utf8)
    #expect(defect([UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header)?.expected == "valid UTF-8")
  }

  @Test func aNameThatComesTwiceIsRefused() {
    let record = "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}"
    #expect(defect(file("{\"a\":\(record),\"a\":\(record)}"))?.got == "a twice")
  }

  /// A header of one-byte elements at the given offsets.
  func header(_ ranges: [(Int, Int)]) -> String {
    let records = ranges.enumerated().map { index, range in
      "\"\(index)\":{\"dtype\":\"U8\",\"shape\":[\(max(range.1 - range.0, 0))],"
        + "\"data_offsets\":[\(range.0),\(range.1)]}"
    }
    return "{\(records.joined(separator: ","))}"
  }

  @Test func tensorsThatOverlapAreRefused() {
    let found = defect(file(header([(0, 4), (3, 6)]), data: 6))
    #expect(found?.location == .tensor("1"))
    #expect(found?.got == "offset 3, which overlaps")
  }

  @Test func tensorsThatLeaveAGapAreRefused() {
    let found = defect(file(header([(5, 6), (0, 4)]), data: 6))
    #expect(found?.location == .tensor("0"))
    #expect(found?.got == "offset 5, which leaves a gap")
  }

  @Test(arguments: [(0, 7), (8, 9), (3, 1), (0, Int.max)])
  func offsetsOutsideTheDataAreRefused(begin: Int, end: Int) {
    let found = defect(file(header([(begin, end)]), data: 6))
    #expect(found?.expected == "data offsets in order from 0 to 6")
    #expect(found?.got == "\(begin) to \(end)")
  }

  @Test func bytesAfterTheLastTensorAreRefused() {
    let text = header([(0, 4)])
    let found = defect(file(text, data: 6))
    #expect(found?.location == .byte(8 + text.utf8.count + 4))
    #expect(found?.got == "2 bytes more")
  }

  @Test(arguments: ["[3]", "[]", "[2,2]", "[4611686018427387904,8]", "[0]"])
  func aSizeThatTypeAndShapeDoNotAskForIsRefused(shape: String) {
    let header = "{\"w\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[0,8]}}"
    #expect(defect(file(header, data: 8))?.got == "8 bytes")
  }

  @Test func aBooleanThatIsNot0Or1IsRefused() {
    var bytes = file("{\"w\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}", data: 2)
    bytes[bytes.count - 1] = 7
    #expect(defect(bytes)?.got == "7")
  }

  @Test func anUnknownTypeIsUnsupportedAndNamed() {
    let header = "{\"w\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}"
    #expect(
      datasetError { try SafetensorsFile(bytes: file(header, data: 1), source: "m.safetensors") }?.description
        == "m.safetensors is a safetensors file of a kind that this program cannot read: at tensor w expected one "
        + "of BOOL, U8, I8, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64, got F8_E4M3. "
        + "Convert it in Python: tensor.to(torch.float32).")
  }

  @Test func anArrayOfAnUnknownTypeIsLeftOutOnRequest() throws {
    let header =
      "{\"w\":{\"dtype\":\"F8_E4M3\",\"shape\":[3],\"data_offsets\":[0,3]},"
      + "\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[3,4]}}"
    let read = try SafetensorsFile(bytes: file(header, data: 4), source: "m", skipsUnknownTypes: true)
    #expect(read.entries.map(\.name) == ["x"])
    #expect(read.unread == ["w": "F8_E4M3"])
  }

  @Test(arguments: ["1", "-2.5e3", "true", "null", "\"text\"", "[1,[],{}]", "{\"a\":[null]}"])
  func anUnknownKeyIsNoHindrance(value: String) throws {
    let header = "{\"x\":{\"dtype\":\"U8\",\"extra\":\(value),\"shape\":[1],\"data_offsets\":[0,1]}}"
    #expect(try SafetensorsFile(bytes: file(header, data: 1), source: "m")["x"]?.shape == [1])
  }

  @Test func valuesInOneAnotherAreRefusedBeforeTheStackEnds() {
    let header = "{\"x\":{\"extra\":" + String(repeating: "[", count: 5_000)
    #expect(defect(file(header))?.expected == "at most 64 values inside one another")
  }

  @Test(arguments: [
    (Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".utf8), RecognizedFile.gitLFSPointer),
    (Array("\n<!DOCTYPE html><html>".utf8), .htmlPage), ([], .empty), ([0x80, 4, 0x95], .pythonPickle),
    (
      Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 26) + Array("model/data.pkl".utf8),
      .pyTorchZip
    ),
    ([0x1F, 0x8B, 8, 0], .gzip), (Array("{\"a\": 1}".utf8), .json),
  ])
  func anotherKindOfFileIsNamed(bytes: [UInt8], kind: RecognizedFile) {
    #expect(RecognizedFile(bytes) == kind)
    #expect(defect(bytes)?.got == kind.words)
  }

  @Test func aHeaderAsLongAsAPicklesFirstBytesIsRead() throws {
    let header = "{}" + String(repeating: " ", count: 638)
    #expect(try SafetensorsFile(bytes: file(header), source: "m").entries.isEmpty)
  }

  @Test func whatIsFoundIsNamedInWords() {
    #expect(defect(file(" {}"))?.got == "a space")
    #expect(defect(file("{}\u{0}"))?.got == "a byte of 0")
  }
}
