/// The grey images of an IDX file, kept as the bytes they came in.
public struct IDXImages: Equatable, Sendable {
  /// The number of images.
  public let count: Int
  /// The height of every image, in pixels.
  public let rows: Int
  /// The width of every image, in pixels.
  public let columns: Int
  /// All pixels, image after image, each row by row. **Shapes**: `[count, rows, columns]`, flattened.
  public let pixels: ArraySlice<UInt8>

  /// Reads an image file, plain or gzip.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - source: The name to put in an error.
  /// - Throws: `DatasetError.malformed` for a wrong magic number, a size that the header does not
  ///   justify, or damaged compression.
  public init(bytes: [UInt8], source: String) throws(DatasetError) {
    let (dimensions, content) = try IDXFile(format: .idxImages, source: source).read(bytes)
    count = dimensions[0]
    rows = dimensions[1]
    columns = dimensions[2]
    pixels = content
  }

  /// The number of pixels of one image.
  public var pixelsPerImage: Int { rows * columns }

  /// The pixels of one image, or `nil` if there is no such image. **Shapes**: `[rows, columns]`, flattened.
  public func image(at index: Int) -> ArraySlice<UInt8>? {
    guard index >= 0, index < count else { return nil }
    let start = pixels.startIndex + index * pixelsPerImage
    return pixels[start..<start + pixelsPerImage]
  }
}
