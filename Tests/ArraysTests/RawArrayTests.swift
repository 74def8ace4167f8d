import Arrays
import Foundation
import Testing

@Suite struct RawArrayTests {
  @Test func valuesComeBackAsTheyWereGiven() throws {
    let array = try RawArray([Int32]([1, -2, 3]), shape: [3, 1])
    #expect(array.elementType == .int32)
    #expect(array.count == 3)
    #expect(array.values() == [Int32]([1, -2, 3]))
    #expect(array.values(of: Float.self) == nil)
    #expect(array.doubles() == [1, -2, 3])
  }

  @Test func bytesThatDoNotFillTheShapeAreRefused() {
    let error = #expect(throws: ArrayError.self) { try RawArray([Float]([1, 2]), shape: [3]) }
    #expect(
      error?.description
        == "The array does not fit: expected the bytes of float32 of shape [3], got 8 bytes. "
        + "Reshape or convert it before saving.")
  }

  @Test func aNegativeSizeIsRefused() {
    #expect(throws: ArrayError.self) { try RawArray(elementType: .uint8, shape: [-1, -1], bytes: [0]) }
  }

  @Test func aBooleanIs0Or1() {
    #expect(throws: ArrayError.self) { try RawArray(elementType: .bool, shape: [2], bytes: [1, 2]) }
  }

  /// Every type's values, the least and the greatest among them, are the same as doubles.
  @Test func everyIntegerTypeWidens() throws {
    func check<Integer: FixedWidthInteger & ArrayElement>(_ type: Integer.Type) throws {
      let values: [Integer] = [.min, 0, 1, .max]
      #expect(try RawArray(values, shape: [4]).doubles() == values.map { Double($0) })
    }
    try check(UInt8.self)
    try check(Int8.self)
    try check(UInt16.self)
    try check(Int16.self)
    try check(UInt32.self)
    try check(Int32.self)
    try check(UInt64.self)
    try check(Int64.self)
  }

  // bits = [0x0000, 0x8000, 0x0001, 0x83FF, 0x0400, 0x3555, 0x7BFF, 0xFC00]
  // np.array(bits, dtype=np.uint16).view(np.float16).astype("f8").tolist()
  @Test func halvesWidenWithoutLoss() throws {
    let bits: [UInt16] = [0x0000, 0x8000, 0x0001, 0x83FF, 0x0400, 0x3555, 0x7BFF, 0xFC00]
    let values: [Double] = [
      0, -0.0, 5.960464477539063e-08, -6.097555160522461e-05, 6.103515625e-05, 0.333251953125, 65504,
      -.infinity,
    ]
    let array = try RawArray(
      elementType: .float16, shape: [8], bytes: bits.withUnsafeBytes { Array($0) })
    #expect(array.doubles().map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func aHalfThatIsNotANumberStaysNaN() throws {
    let array = try RawArray(elementType: .float16, shape: [1], bytes: [0x01, 0x7E])
    #expect(array.doubles()[0].isNaN)
  }

  @Test(arguments: ElementType.allCases)
  func everyTypeComesBackFromJSON(type: ElementType) throws {
    let named = NamedArray(
      name: "fc1.weight",
      array: try RawArray(
        elementType: type, shape: [2, 1], bytes: (0..<2 * type.byteCount).map { UInt8($0 % 2) }))
    let back = try JSONDecoder().decode(NamedArray.self, from: JSONEncoder().encode(named))
    #expect(back == named)
  }

  @Test func jsonThatDoesNotFillTheShapeIsRefused() {
    let json = Data(#"{"dtype":"float32","shape":[2],"bytes":"AAAA"}"#.utf8)
    #expect(throws: ArrayError.self) { try JSONDecoder().decode(RawArray.self, from: json) }
  }

  @Test func namesOfTypesAreUnique() {
    #expect(Set(ElementType.allCases.map(\.safetensorsName)).count == ElementType.allCases.count)
    #expect(Set(ElementType.allCases.compactMap(\.numpyCode)).count == ElementType.allCases.count - 1)
  }
}
