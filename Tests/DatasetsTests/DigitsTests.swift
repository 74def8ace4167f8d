import Datasets
import Testing

// import gzip; b = gzip.open("train-images-idx3-ubyte.gz").read()
// list(b[16:80]), sum(b[16:])
@Suite struct DigitsTests {
  @Test func trainHas1500ImagesOf8By8() throws {
    let digits = try Digits.train()
    #expect(digits.count == 1500)
    #expect(digits.images.rows == 8)
    #expect(digits.images.columns == 8)
    #expect(digits.images.pixels.reduce(0) { $0 + Int($1) } == 468_645)
  }

  @Test func validationHas297ImagesOf8By8() throws {
    let digits = try Digits.validation()
    #expect(digits.count == 297)
    #expect(digits.images.pixelsPerImage == 64)
  }

  @Test func pixelsGoFrom0To16() throws {
    for digits in [try Digits.train(), try Digits.validation()] {
      #expect(digits.images.pixels.min() == 0)
      #expect(digits.images.pixels.max() == UInt8(Digits.largestPixel))
    }
  }

  @Test func everyClassIsThere() throws {
    for digits in [try Digits.train(), try Digits.validation()] {
      #expect(Set(digits.labels.values) == Set(0...9))
      #expect(digits.classNames.count == 10)
    }
  }
}
