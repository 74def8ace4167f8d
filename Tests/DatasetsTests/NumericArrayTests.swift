import Autograd
import Datasets
import Testing

@Suite struct NumericArrayTests {
  @Test func valuesComeBackAsTheyWereGiven() throws {
    let array = try NumericArray([Int32]([1, -2, 3]), shape: [3, 1])
    #expect(array.elementType == .int32)
    #expect(array.count == 3)
    #expect(array.values() == [Int32]([1, -2, 3]))
    #expect(array.values(of: Float.self) == nil)
    #expect(array.doubles() == [1, -2, 3])
  }

  @Test func bytesThatDoNotFillTheShapeAreRefused() {
    let error = datasetError { try NumericArray([Float]([1, 2]), shape: [3]) }
    #expect(
      error?.description
        == "Argument bytes cannot be 8 bytes: expected as many as float32 of shape [3] takes. "
        + "Pass another value.")
  }

  @Test func aNegativeSizeIsRefused() {
    #expect(throws: DatasetError.self) {
      try NumericArray(elementType: .uint8, shape: [-1, -1], bytes: [0])
    }
  }

  @Test func aBooleanIs0Or1() {
    #expect(throws: DatasetError.self) {
      try NumericArray(elementType: .bool, shape: [2], bytes: [1, 2])
    }
  }

  /// Every type's values, the least and the greatest among them, are the same as doubles.
  @Test func everyIntegerTypeWidens() throws {
    func check<Integer: FixedWidthInteger & StoredElement>(_ type: Integer.Type) throws {
      let values: [Integer] = [.min, 0, 1, .max]
      let array = try NumericArray(values, shape: [4])
      #expect(array.doubles() == values.map { Double($0) })
      if Integer.bitWidth < 64 { #expect(try array.tensor().integers() == values.map { Int($0) }) }
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
    let array = try NumericArray(
      elementType: .float16, shape: [8], bytes: bits.withUnsafeBytes { Array($0) })
    #expect(array.doubles().map(\.bitPattern) == values.map(\.bitPattern))
    #expect(try array.tensor().array(Double.self) == values)
  }

  @Test func aHalfThatIsNoNumberStaysNone() throws {
    let array = try NumericArray(elementType: .float16, shape: [1], bytes: [0x01, 0x7E])
    #expect(array.doubles()[0].isNaN)
  }

  @Test func tensorsOfEveryTypeComeBack() throws {
    let tensors = [
      try Tensor([Float]([1, 2, 3, 4, 5, 6]), shape: [2, 3]), try Tensor([0.1, 0.2], shape: [2, 1]),
      Tensor([Int]([7, 8])), try Tensor([true, false], shape: [2]), Tensor(Float(3)),
    ]
    for tensor in tensors {
      let back = try NumericArray(tensor).tensor()
      #expect(back.dtype == tensor.dtype)
      #expect(back.shape == tensor.shape)
      #expect(back.array(Double.self) == tensor.array(Double.self))
    }
  }

  @Test func aTensorViewIsStoredInRowMajorOrder() throws {
    let view = try Tensor([Float]([1, 2, 3, 4, 5, 6]), shape: [2, 3]).transpose(0, 1)
    let array = NumericArray(view)
    #expect(array.shape == [3, 2])
    #expect(array.values(of: Float.self) == [1, 4, 2, 5, 3, 6])
  }

  @Test func moreDimensionsThanATensorHasAreRefused() throws {
    let array = try NumericArray([Float(1)], shape: [Int](repeating: 1, count: 9))
    #expect(
      datasetError { try array.tensor() }?.description
        == "The array cannot become a tensor: expected at most 8 dimensions, got 9. "
        + "Reshape or convert it before saving.")
  }

  @Test func anUnsignedIntegerThatInt64CannotHoldIsRefused() throws {
    let array = try NumericArray([UInt64.max], shape: [1])
    #expect(
      datasetError { try array.tensor() }
        == .notATensor(expected: "integers up to 9223372036854775807", got: "18446744073709551615"))
  }
}
