import Arrays
import Datasets
import Testing

@Suite struct NpyFileTests {
  func read(_ base64: String) throws -> RawArray {
    try NpyFile.read(fixture(base64), source: "a.npy")
  }

  /// A version 1 file of a header and data given by hand.
  func file(_ header: String, data: [UInt8] = []) -> [UInt8] {
    let length = [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + length + Array(header.utf8) + data
  }

  func defect(_ bytes: [UInt8]) -> FileDefect? {
    datasetError { try NpyFile.read(bytes, source: "a.npy") }?.defect
  }

  @Test func rowMajorFloat32() throws {
    let array = try read(NpyFixtures.float32C)
    #expect(array.shape == [2, 3])
    #expect(array.values(of: Float.self) == [0, 0.25, 0.5, 0.75, 1, 1.25])
  }

  @Test func fortranOrderComesInRowMajorOrder() throws {
    let array = try read(NpyFixtures.float64Fortran)
    #expect(array.shape == [2, 3, 4])
    #expect(array.values() == (0..<24).map { Double($0) })
  }

  @Test func aScalarHasNoDimensions() throws {
    let array = try read(NpyFixtures.int64Scalar)
    #expect(array.shape == [])
    #expect(array.values(of: Int64.self) == [-5])
  }

  @Test func bigEndianNumbersComeInNativeOrder() throws {
    #expect(try read(NpyFixtures.int32BigEndian).values(of: Int32.self) == [-3, -2, -1, 0, 1, 2])
  }

  @Test func bigEndianAndFortranOrderTogether() throws {
    #expect(try read(NpyFixtures.float64BigEndianFortran).values(of: Double.self) == [0, 1, 2, 3, 4, 5])
  }

  @Test func bytesAndBooleansAndHalves() throws {
    #expect(try read(NpyFixtures.uint8).values(of: UInt8.self) == [0, 1, 255])
    #expect(try read(NpyFixtures.boolean).values(of: Bool.self) == [true, false, true])
    // np.array([0.5, -2, 65504, 6e-8, np.inf], dtype="<f2").astype("f8").tolist()
    #expect(
      try read(NpyFixtures.float16).doubles() == [0.5, -2, 65504, 5.960464477539063e-08, .infinity])
  }

  @Test func versions2And3ReadAsVersion1() throws {
    for base64 in [NpyFixtures.version2, NpyFixtures.version3] {
      let array = try read(base64)
      #expect(array.shape == [2, 3])
      #expect(array.values(of: Float.self) == [0, 1, 2, 3, 4, 5])
    }
  }

  @Test func anArrayWithoutElementsKeepsItsShape() throws {
    let array = try read(NpyFixtures.empty)
    #expect(array.shape == [0, 4])
    #expect(array.count == 0)
  }

  @Test(arguments: [
    NpyFixtures.float32C, NpyFixtures.int64Scalar, NpyFixtures.uint8, NpyFixtures.boolean,
    NpyFixtures.float16, NpyFixtures.empty,
  ])
  func whatIsWrittenIsWhatNumPyWritesByteForByte(base64: String) throws {
    #expect(try NpyFile.write(read(base64)) == fixture(base64))
  }

  @Test(arguments: ElementType.allCases.filter { $0 != .bfloat16 })
  func everyTypeIsReadBackAsItWasWritten(type: ElementType) throws {
    let array = try RawArray(
      elementType: type, shape: [3, 1, 2], bytes: (0..<6 * type.byteCount).map { UInt8($0 % 2) })
    #expect(try NpyFile.read(NpyFile.write(array), source: "a.npy") == array)
  }

  @Test func aHeaderTooLongForVersion1IsWrittenAsVersion2() throws {
    let array = try RawArray([Float(1)], shape: [Int](repeating: 1, count: 21_800))
    let bytes = try NpyFile.write(array)
    #expect(bytes[6] == 2)
    #expect(bytes.count % 64 == 4)
    #expect(try NpyFile.read(bytes, source: "a.npy") == array)
  }

  @Test func bfloat16CannotBeWritten() throws {
    let array = try RawArray(elementType: .bfloat16, shape: [1], bytes: [0, 0])
    #expect(
      datasetError { try NpyFile.write(array) }?.description
        == "array expects a type that NumPy has, such as float32, but got bfloat16.")
  }

  @Test func everyTruncationIsMalformed() throws {
    let bytes = try fixture(NpyFixtures.float32C)
    for length in 0..<bytes.count {
      #expect(defect(Array(bytes.prefix(length)))?.format == .npy, "cut to \(length) bytes")
    }
  }

  @Test func aTruncatedFileSaysWhatIsMissing() throws {
    let bytes = try fixture(NpyFixtures.float32C)
    #expect(
      datasetError { try NpyFile.read(bytes.dropLast(), source: "a.npy") }?.description
        == "a.npy is not a valid NumPy .npy file: expected the bytes of float32 of shape [2, 3] after the "
        + "header, got 23 bytes. Write the file again with numpy.save.")
  }

  @Test func moreBytesThanTheShapeTakesAreRefused() throws {
    #expect(defect(try fixture(NpyFixtures.float32C) + [0])?.got == "25 bytes")
  }

  @Test func typesThatAreNoRealNumbersAreUnsupported() throws {
    for (base64, got) in [
      (NpyFixtures.complexNumbers, "'<c16'"), (NpyFixtures.records, "a list of fields"),
      (NpyFixtures.objects, "'|O'"),
    ] {
      let error = datasetError { try NpyFile.read(fixture(base64), source: "a.npy") }
      guard case .unsupported(let defect) = error else {
        Issue.record("\(got): \(String(describing: error))")
        continue
      }
      #expect(defect.location == .header("descr"))
      #expect(defect.got == got)
    }
  }

  @Test func aFileOfAnotherFormatIsNamedByItsFirstBytes() {
    #expect(
      datasetError { try NpyFile.read(Array("PK\u{3}\u{4}zip".utf8), source: "a.npz") }?.description
        == "a.npz is not a valid NumPy .npy file: at byte 0 expected the first bytes of a NumPy array, "
        + "got a zip archive. Write the file again with numpy.save.")
  }

  @Test func anUnknownVersionIsRefused() throws {
    var bytes = try fixture(NpyFixtures.float32C)
    bytes[6] = 4
    #expect(defect(bytes)?.got == "4.0")
  }

  @Test func aHeaderLongerThanTheFileIsRefused() {
    let bytes = [0x93] + Array("NUMPY".utf8) + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF] + Array("{}".utf8)
    #expect(defect(bytes)?.expected == "a header of at most 2 bytes")
    #expect(defect(bytes)?.got == "4294967295")
  }

  @Test(arguments: [
    ("", "'{'"), ("{", "a quoted string"), ("{}", "the keys descr, fortran_order and shape"),
    ("{'descr': 1}", "a quoted string"), ("{'descr': '<f4}", "a quoted string that ends"),
    ("{'fortran_order': Maybe}", "True or False"),
    ("{'shape': (3)}", "',' after the only size of a tuple"), ("{'shape': (-1,)}", "a size"),
    ("{'shape': [3]}", "'('"), ("{'shape': (3, 4}", "')'"),
    ("{'shape': (99999999999999999999,)}", "a size that fits 63 bits"),
    ("{'color': 1}", "the keys descr, fortran_order and shape, once each"),
    ("{'shape': (), 'shape': ()}", "the keys descr, fortran_order and shape, once each"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': ()} x", "the end of the header"),
  ])
  func aHeaderThatIsNotNumPysIsRefused(header: String, expected: String) {
    #expect(defect(file(header))?.expected == expected)
  }

  @Test func keysMayComeInAnyOrderAndInDoubleQuotes() throws {
    let bytes = file(#"{"shape":(1L,),"fortran_order":True,"descr":"|u1"}"#, data: [9])
    #expect(try NpyFile.read(bytes, source: "a.npy").values(of: UInt8.self) == [9])
  }

  @Test(arguments: ["(4611686018427387904, 4611686018427387904)", "(4611686018427387904, 4, 0)"])
  func aShapeWhoseSizeOverflowsIsRefused(shape: String) {
    #expect(defect(file("{'descr': '<f8', 'fortran_order': True, 'shape': \(shape)}"))?.got == "0 bytes")
  }

  @Test func aBooleanThatIsNot0Or1IsRefused() {
    let bytes = file("{'descr': '|b1', 'fortran_order': False, 'shape': (2,)}", data: [1, 2])
    #expect(defect(bytes)?.location == .byte(bytes.count - 1))
    #expect(defect(bytes)?.got == "2")
  }
}
