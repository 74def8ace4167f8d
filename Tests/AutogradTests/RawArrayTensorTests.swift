import Arrays
import Autograd
import Testing

@Suite struct RawArrayTensorTests {
  @Test func tensorsOfEveryTypeComeBack() throws {
    let tensors = [
      try Tensor([Float]([1, 2, 3, 4, 5, 6]), shape: [2, 3]), try Tensor([0.1, 0.2], shape: [2, 1]),
      Tensor([Int]([7, 8])), try Tensor([true, false], shape: [2]), Tensor(Float(3)),
    ]
    for tensor in tensors {
      let back = try RawArray(tensor).tensor()
      #expect(back.dtype == tensor.dtype)
      #expect(back.shape == tensor.shape)
      #expect(back.array(Double.self) == tensor.array(Double.self))
    }
  }

  @Test func aTensorViewIsStoredInRowMajorOrder() throws {
    let view = try Tensor([Float]([1, 2, 3, 4, 5, 6]), shape: [2, 3]).transpose(0, 1)
    let array = RawArray(view)
    #expect(array.shape == [3, 2])
    #expect(array.values(of: Float.self) == [1, 4, 2, 5, 3, 6])
  }

  @Test func shorterIntegersBecomeInt64AndHalvesFloat32() throws {
    let integers = try RawArray([Int8.min, 0, 1, .max], shape: [4]).tensor()
    #expect(integers.dtype == .int64)
    #expect(integers.integers() == [-128, 0, 1, 127])
    let halves = try RawArray(elementType: .float16, shape: [2], bytes: [0x00, 0x3C, 0x00, 0xC0]).tensor()
    #expect(halves.dtype == .float32)
    #expect(halves.array(Double.self) == [1, -2])
    let brains = try RawArray(elementType: .bfloat16, shape: [1], bytes: [0x80, 0x3F]).tensor()
    #expect(brains.array(Double.self) == [1])
  }

  @Test func everyTensorTypeIsAnElementType() {
    #expect(DType.allCases.map { DType($0.elementType) } == DType.allCases)
    #expect(DType.allCases.map(\.byteCount) == DType.allCases.map(\.elementType.byteCount))
    #expect(DType(.float16) == nil)
  }

  @Test func moreDimensionsThanATensorHasAreRefused() throws {
    let array = try RawArray([Float(1)], shape: [Int](repeating: 1, count: 9))
    #expect(throws: ArrayError(expected: "at most 8 dimensions", got: "9")) { try array.tensor() }
  }

  @Test func anUnsignedIntegerThatInt64CannotHoldIsRefused() throws {
    let array = try RawArray([UInt64.max], shape: [1])
    #expect(throws: ArrayError(expected: "integers up to 9223372036854775807", got: "18446744073709551615")) {
      try array.tensor()
    }
  }
}
