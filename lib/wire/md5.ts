/** The digest that the `pwd` parameter carries (1.2). The only importer of spark-md5. */
import SparkMD5 from 'spark-md5';

/** MD5 of the text's UTF-8 bytes, 32 lower-case hex digits. */
export const md5Hex = (text: string): string => SparkMD5.hash(text);
